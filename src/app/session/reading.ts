import { drawable } from '../../protocols/drawable.ts';
import { decodeLink, parseFile } from '../../scenario/index.ts';

/** Links and files come from strangers: what reads them is fetched only when there is one. */
export function readLink(fragment: string): ReturnType<typeof decodeLink> {
  return decodeLink(fragment, drawable);
}

export function readFile(content: string): ReturnType<typeof parseFile> {
  return parseFile(content, drawable);
}
