/** Light and dark: as the system has it, until the button says otherwise. */
import { element, forgetColors } from './dom.js';

/** @param redraw draws what does not follow the style sheet: canvases */
export function createTheme(redraw: () => void): void {
  const button = element('theme', 'button');
  const system = matchMedia('(prefers-color-scheme: dark)');
  let isDark = system.matches;
  function show(): void {
    document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
    button.textContent = isDark ? 'Light' : 'Dark';
    button.setAttribute('aria-label', `${button.textContent} theme`);
    forgetColors();
    redraw();
  }
  button.addEventListener('click', () => {
    isDark = !isDark;
    show();
  });
  system.addEventListener('change', ({ matches }) => {
    isDark = matches;
    show();
  });
  show();
}
