import { fail, type Result } from '../../base/index.ts';
import { newerProblem } from '../../engine/index.ts';
import { drawable } from '../../protocols/drawable.ts';
import { decodeLink, type Problem, parseFile, type Run } from '../../scenario/index.ts';

export { decodeText } from './decode.ts';

/** Links and files come from strangers: what reads them is fetched only when there is one. */
export function readLink(fragment: string): ReturnType<typeof decodeLink> {
  const decoded = decodeLink(fragment, drawable);
  const newer = decoded.ok ? newerProblem(decoded.value.run) : undefined;
  return newer ? fail({ ...newer, key: 'link.newer' }) : decoded;
}

export function readFile(content: string): Result<Run, readonly Problem[]> {
  const parsed = parseFile(content, drawable);
  const newer = parsed.ok ? newerProblem(parsed.value) : undefined;
  return newer ? fail([newer]) : parsed;
}
