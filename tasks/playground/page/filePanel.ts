/**
 * A model that was opened from a file: its layers, its tensors, what to know about it, and what it is shown
 * reading.
 */
import type { FileFacts, FileView } from '../protocol.js';
import { element } from './dom.js';

const LONGEST_TEXT = 200;

export interface FilePanelOptions {
  /** Called when another layer or another input is to be looked at. */
  readonly view: (view: FileView) => void;
  /** Called when the visitor goes back to the training. */
  readonly close: () => void;
}

export class FilePanel {
  readonly #box = element('file');
  readonly #layer = element('fileLayer', 'select');
  readonly #text = element('fileText', 'input');
  readonly #options: FilePanelOptions;
  #seed = 0;

  constructor(options: FilePanelOptions) {
    this.#options = options;
    const view = () => options.view(this.#view);
    this.#text.maxLength = LONGEST_TEXT;
    this.#layer.addEventListener('change', view);
    this.#text.addEventListener('input', view);
    element('fileRandom').addEventListener('click', () => {
      this.#seed++;
      view();
    });
    element('fileClose').addEventListener('click', () => this.close());
    element('fileForm').addEventListener('submit', (event) => event.preventDefault());
  }

  get isOpen(): boolean {
    return !this.#box.hidden;
  }

  get #view(): FileView {
    return { layer: this.#layer.value, text: this.#text.value, seed: this.#seed };
  }

  /** @param text what it reads first, if it reads text */
  show(file: FileFacts, text: string): void {
    this.#seed = 0;
    this.#layer.replaceChildren(...file.views.map((name) => new Option(name)));
    this.#text.value = text;
    const hasGraph = file.views.length > 0;
    element('fileForm').hidden = !hasGraph;
    element('fileTextField').hidden = !file.isText;
    element('fileRandom').hidden = file.isText;
    const size = file.parameters.toLocaleString('en');
    element('fileTitle').textContent = file.source;
    const graph = hasGraph
      ? `gradients of the ${file.loss}`
      : 'no layer of it is recurrent, so none is unrolled';
    element('fileAbout').textContent =
      `${file.format} · ${size} parameters · reads ${file.reads} · ${graph}.`;
    fill(
      'fileLayers',
      file.layers.map((one) => [one.name, one.kind, one.about, one.parameters.toLocaleString('en')]),
    );
    fill(
      'fileTensors',
      file.tensors.map(([name, type, shape]) => [name, type, shape.join(' × ')]),
    );
    element('fileTensorsOf').hidden = file.tensors.length === 0;
    element('fileNotes').replaceChildren(
      ...file.notes.map((note) => Object.assign(document.createElement('li'), { textContent: note })),
    );
    this.#box.hidden = false;
    document.body.classList.add('reading');
    // Only recurrent layers are unrolled.
    document.body.classList.toggle('flat', !hasGraph);
    this.#box.scrollIntoView({ block: 'nearest' });
    if (hasGraph) this.#options.view(this.#view);
  }

  /** Goes back to the training. */
  close(): void {
    this.hide();
    this.#options.close();
  }

  /** A training is shown instead. */
  hide(): void {
    this.#box.hidden = true;
    document.body.classList.remove('reading', 'flat');
  }
}

/** Fills the body of a table; the first cell of a row is its heading. */
function fill(id: string, rows: readonly (readonly string[])[]): void {
  element(id, 'table').tBodies[0]!.replaceChildren(
    ...rows.map((cells) => {
      const row = document.createElement('tr');
      row.append(
        ...cells.map((text, n) => {
          const cell = document.createElement(n ? 'td' : 'th');
          if (cell instanceof HTMLTableCellElement && n === 0) cell.scope = 'row';
          cell.textContent = text;
          return cell;
        }),
      );
      return row;
    }),
  );
}
