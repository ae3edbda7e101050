/** Three clients in the format of LD2011_2014.txt; MT_002 has these readings, starting 2012-02-20 00:15. */
export function loadFile(readings: Float64Array): string {
  const line = (reading: number, n: number) => {
    const time = new Date(Date.UTC(2012, 1, 20, 0, 15 * (n + 1))).toISOString();
    return `"${time.slice(0, 10)} ${time.slice(11, 19)}";0;${`${reading}`.replace('.', ',')};7\n`;
  };
  return '"";"MT_001";"MT_002";"MT_003"\n' + Array.from(readings, line).join('');
}
