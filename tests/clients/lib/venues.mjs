import { readFileSync } from 'node:fs';

// Reads what `workbench sim` printed: a venue's name at the start of a line, its addresses and keys indented below it.
export function readVenues(path) {
  const venues = {};
  let venue;
  for (const line of readFileSync(path, 'utf8').split(/\r?\n/)) {
    const header = /^(\S+) \(\S+\)$/.exec(line);
    const field = /^ {2}(\S.*?) {2,}(\S+)$/.exec(line);
    if (header) {
      venues[header[1]] = venue = {};
    } else if (field && venue) {
      venue[field[1]] = field[2].replace(/\/$/, '');
    }
  }

  return venues;
}
