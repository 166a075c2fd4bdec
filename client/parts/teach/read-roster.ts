/**
 * Names from a pasted class list, one a line. Numbers and bullets before a name, and columns after it (a
 * spreadsheet's), are left out, and so is who stands there twice.
 */
export function readRoster(text: string): string[] {
  const names = text.split(/\r?\n/).map((line) => {
    const [first = '', second = ''] = line.split('\t');
    // A spreadsheet's first column may be a running number.
    const cell = /^\s*\d+\s*$/.test(first) && second !== '' ? second : first;
    return cell
      .replace(/^\s*(?:[-*•·]|\d+\s*[.)、．])\s*/, '')
      .replace(/\s+/g, ' ')
      .trim();
  });
  return [...new Set(names.filter((name) => name !== ''))];
}
