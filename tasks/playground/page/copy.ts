import type { createNotice } from './notice.js';

/** Copies a text, and says so; where the browser refuses, says what the visitor can do instead. */
export async function copyText(
  notice: ReturnType<typeof createNotice>,
  text: string,
  copied: string,
  otherwise: string,
): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notice.say(copied, true);
  } catch {
    notice.say(otherwise, true);
  }
}
