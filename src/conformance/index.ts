export { playFolders } from './files.ts';
export { parseTruth, type Step, type Trace, type Vectors, type Verdict } from './format.ts';
export { playTrace } from './play.ts';
export { type Case, type Report, reportOf, reportText } from './report.ts';
