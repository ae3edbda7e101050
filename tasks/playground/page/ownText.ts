/** A text of one's own: pasted, chosen or dropped. It never leaves the tab. */
import type { TextBytes } from '../protocol.js';
import { element } from './dom.js';

export interface OwnTextOptions {
  readonly useText: (text: TextBytes) => void;
  readonly useCheckpoint: (bytes: Uint8Array, name: string) => void;
}

const bytesOf = async (file: File) => new Uint8Array(await file.arrayBuffer());

/** @returns a function that asks for a text */
export function createOwnText({ useText, useCheckpoint }: OwnTextOptions): () => void {
  const [dialog, area] = [element('own', 'dialog'), element('ownText', 'textarea')];
  const [file, importFile] = [element('ownFile', 'input'), element('importFile', 'input')];

  async function useFile(given: File): Promise<void> {
    const bytes = await bytesOf(given);
    if (given.name.endsWith('.safetensors')) useCheckpoint(bytes, given.name);
    else useText({ source: given.name, bytes });
  }

  dialog.addEventListener('close', () => {
    if (dialog.returnValue !== 'use') return;
    useText({ source: 'your text', bytes: new TextEncoder().encode(area.value) });
  });
  file.addEventListener('change', () => {
    const [given] = file.files!;
    dialog.close('file');
    file.value = '';
    if (given) void useFile(given);
  });
  element('import').addEventListener('click', () => importFile.click());
  importFile.addEventListener('change', () => {
    const [given] = importFile.files!;
    if (given) void bytesOf(given).then((bytes) => useCheckpoint(bytes, given.name));
    importFile.value = '';
  });

  for (const type of ['dragover', 'dragleave', 'drop'])
    addEventListener(type, (event) => {
      event.preventDefault();
      document.body.classList.toggle('dropping', type === 'dragover');
    });
  addEventListener('drop', ({ dataTransfer }) => {
    const [given] = dataTransfer!.files;
    if (given) return void useFile(given);
    const text = dataTransfer!.getData('text/plain');
    if (text) useText({ source: 'your text', bytes: new TextEncoder().encode(text) });
  });
  return () => {
    dialog.returnValue = '';
    dialog.showModal();
  };
}
