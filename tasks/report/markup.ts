/** An HTML template tag that escapes every value except its own results. */

/** A piece of HTML. */
export class Markup {
  constructor(readonly html: string) {}
}

type Value = string | number | Markup | readonly Markup[];

/** markup`<p>${text}</p>`: escapes text, also within a double-quoted attribute; inserts markup as it is. */
export function markup(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return new Markup(parts.reduce((html, part, n) => html + write(values[n - 1]!) + part));
}

function write(value: Value): string {
  if (value instanceof Markup) return value.html;
  if (typeof value === 'object') return value.map(({ html }) => html).join('');
  return `${value}`.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
