/** What the visitor gives the page: a text of their own, a checkpoint, a model. It never leaves the tab. */
import type { TextBytes } from '../protocol.js';
import { element } from './dom.js';
import { droppedFiles, kindOf, readFiles, type Files } from './files.js';

export interface GivenOptions {
  readonly useText: (text: TextBytes) => void;
  readonly useCheckpoint: (bytes: Uint8Array, name: string) => void;
  readonly useModel: (files: Files) => void;
}

/** @returns a function that asks for a text */
export function createGiven({ useText, useCheckpoint, useModel }: GivenOptions): () => void {
  const [dialog, area] = [element('own', 'dialog'), element('ownText', 'textarea')];
  const [file, importFile] = [element('ownFile', 'input'), element('importFile', 'input')];

  function use(files: Files): void {
    if (files.size === 0) return;
    const [[source, bytes]] = [...files] as [[string, Uint8Array]];
    const kind = kindOf(files);
    if (kind === 'model') useModel(files);
    else if (kind === 'checkpoint') useCheckpoint(bytes, source);
    else useText({ source, bytes });
  }

  const useWritten = (text: string) =>
    useText({ source: 'your text', bytes: new TextEncoder().encode(text) });

  dialog.addEventListener('close', () => {
    if (dialog.returnValue === 'use') useWritten(area.value);
  });
  file.addEventListener('change', () => dialog.close('file'));
  element('import').addEventListener('click', () => importFile.click());
  for (const input of [file, importFile])
    input.addEventListener('change', () => {
      const given = [...input.files!];
      // So that the same file can be chosen again.
      input.value = '';
      void readFiles(given).then(use);
    });

  for (const type of ['dragover', 'dragleave', 'drop'])
    addEventListener(type, (event) => {
      event.preventDefault();
      document.body.classList.toggle('dropping', type === 'dragover');
    });
  addEventListener('drop', ({ dataTransfer }) => {
    const text = dataTransfer!.getData('text/plain');
    if (dataTransfer!.files.length > 0) void droppedFiles(dataTransfer!).then(use);
    else if (text) useWritten(text);
  });
  return () => {
    dialog.returnValue = '';
    dialog.showModal();
  };
}
