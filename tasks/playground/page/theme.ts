/** Light and dark: as the system has it, until the button says otherwise, for all pages of this tab. */
import { element, forgetColors } from './dom.js';

/** What the button said, on any of the pages. Browsers may refuse to store it. */
function chosen(): string | null {
  try {
    return sessionStorage.getItem('theme');
  } catch {
    return null;
  }
}

function choose(theme: string): void {
  try {
    sessionStorage.setItem('theme', theme);
  } catch {
    // Then the next page has the system's.
  }
}

/** @param redraw draws what does not follow the style sheet: canvases */
export function createTheme(redraw: () => void): void {
  const button = element('theme', 'button');
  const system = matchMedia('(prefers-color-scheme: dark)');
  let isDark = chosen() === null ? system.matches : chosen() === 'dark';
  function show(): void {
    document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
    button.textContent = isDark ? 'Light' : 'Dark';
    button.setAttribute('aria-label', `${button.textContent} theme`);
    forgetColors();
    redraw();
  }
  button.addEventListener('click', () => {
    isDark = !isDark;
    choose(isDark ? 'dark' : 'light');
    show();
  });
  system.addEventListener('change', ({ matches }) => {
    isDark = matches;
    show();
  });
  show();
}
