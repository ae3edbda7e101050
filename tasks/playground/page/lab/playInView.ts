/** A figure that moves by itself. */
import { isBusy } from './client.js';

/** Milliseconds for which it is looked at before it begins. */
const PATIENCE_MS = 1500;

/**
 * Plays once, when it has come into view, unless the visitor wants no motion or watches something else.
 * @param play returns whether it plays now, or has been played
 */
export function playInView(figure: Element, play: () => boolean): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  let timer: ReturnType<typeof setInterval> | undefined;
  const observer = new IntersectionObserver(
    ([entry]) => {
      clearInterval(timer);
      if (!entry!.isIntersecting) return;
      timer = setInterval(() => {
        if (!isBusy() && !play()) return;
        clearInterval(timer);
        observer.disconnect();
      }, PATIENCE_MS);
    },
    { threshold: 0.9 },
  );
  observer.observe(figure);
}
