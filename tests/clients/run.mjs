// node run.mjs SUITE VENUES-FILE: runs one suite against the venues whose addresses `workbench sim` printed into the file.
import { Report } from './lib/report.mjs';
import { readVenues } from './lib/venues.mjs';

// Standard output is the report's alone; what clients log goes beside it.
globalThis.console = new console.Console(process.stderr, process.stderr);

const [name, file] = process.argv.slice(2);
const report = new Report();
try {
  const { default: suite, venue } = await import(`./suites/${name}.mjs`);
  await suite(report, readVenues(file)[venue]);
  report.end();
} catch (error) {
  report.end(error);
}

// Clients keep sockets and timers of their own alive; nothing of them is waited for.
process.exit(report.failed === 0 ? 0 : 1);
