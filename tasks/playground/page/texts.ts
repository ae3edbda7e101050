/** The texts that the page can train on: the bundled book, and one of the visitor's own. */
import bookAddress from 'virtual:book';
import type { TextBytes } from '../protocol.js';

async function fetchBook(): Promise<TextBytes> {
  const response = await fetch(bookAddress);
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  return { source: "Alice's Adventures in Wonderland", bytes };
}

export class Texts {
  readonly #fail: (what: string) => void;
  #book: Promise<TextBytes> | null = null;
  #own: TextBytes | null = null;
  /** A text that the worker has not yet taken: it may be refused, and the one before it stays. */
  #offered: { generation: number; text: TextBytes } | null = null;

  /** @param fail called with what the visitor must know */
  constructor(fail: (what: string) => void) {
    this.#fail = fail;
  }

  get own(): TextBytes | null {
    return this.#own;
  }

  /** The bundled book, fetched once; null, which the visitor is told, where it cannot be had. */
  async book(): Promise<TextBytes | null> {
    try {
      return await (this.#book ??= fetchBook());
    } catch (error) {
      this.#book = null;
      this.#fail(`The book could not be loaded (${(error as Error).message}): give a text of your own.`);
      return null;
    }
  }

  /** A text of the visitor's own is sent, for the training with this number. */
  offer(generation: number, text: TextBytes): void {
    this.#offered = { generation, text };
  }

  /** The training with this number has begun: if it is of the text that was offered, that was taken. */
  accept(generation: number): void {
    if (this.#offered?.generation === generation) this.#own = this.#offered.text;
  }
}
