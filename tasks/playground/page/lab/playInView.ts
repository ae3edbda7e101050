/** A figure that moves by itself. */
import { isBusy } from './client.js';

/** Milliseconds for which it is looked at before it begins. */
const PATIENCE_MS = 1500;

/** Plays once, when it has come into view, unless the visitor wants no motion or watches something else. */
export function playInView(figure: Element, play: () => void): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const observer = new IntersectionObserver(
    ([entry]) => {
      clearTimeout(timer);
      if (!entry!.isIntersecting) return;
      timer = setTimeout(() => {
        observer.disconnect();
        if (!isBusy()) play();
      }, PATIENCE_MS);
    },
    { threshold: 0.9 },
  );
  observer.observe(figure);
}
