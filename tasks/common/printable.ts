/** Text for the terminal: a control character in a file or in a file's name must not steer it, nor break the line. */
export function printable(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?');
}

/** `140,256` */
export const whole = (value: number): string => value.toLocaleString('en');
