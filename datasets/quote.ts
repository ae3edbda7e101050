/** A piece of a file for a message: short and on one line, whatever it contains. */
export function quote(text: string): string {
  const short = text.length > 40 ? text.slice(0, 40) + '...' : text;
  return JSON.stringify(short);
}
