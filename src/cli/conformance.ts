import { playFolders, reportOf, reportText } from '../conformance/index.ts';

const USAGE = `npm run conformance -- [--json] FOLDER…
Plays recordings of real brokers (format mq-truth/1) and vectors below the folders against the simulation.
Ends with 1 when one fails, with 2 when a file or folder can't be read.
`;

/** Returns the exit code. */
function main(args: readonly string[]): number {
  const folders = args.filter((arg) => !arg.startsWith('-'));
  const unknown = args.find((arg) => arg.startsWith('-') && arg !== '--json');
  if (unknown !== undefined || folders.length === 0) {
    process.stderr.write(unknown === undefined ? USAGE : `Unknown option ${unknown}\n${USAGE}`);
    return 2;
  }
  const played = playFolders(folders);
  if (!played.ok) {
    process.stderr.write(`${played.error}\n`);
    return 2;
  }
  const report = reportOf(played.value);
  process.stdout.write(args.includes('--json') ? `${JSON.stringify(report, undefined, 1)}\n` : reportText(report));
  return report.failed > 0 ? 1 : 0;
}

process.exitCode = main(process.argv.slice(2));
