export { playFolders } from './files.ts';
export { parseTruth, type Step, type Trace, type Vectors } from './format.ts';
export { playTrace, type Verdict } from './player.ts';
export { type Case, type Report, reportOf, reportText } from './report.ts';
