import { dynamicText, type Language } from '../../i18n/index.ts';
import type { Problem } from '../../scenario/index.ts';

/** What is wrong and what to do, in the reader's words. */
export function problemText(language: Language, problem: Problem): string {
  const said = dynamicText(language, `problem.${problem.key}`, problem.args);
  const remedy = remedyText(language, problem);
  return remedy ? `${said} ${remedy}` : said;
}

export function remedyText(language: Language, problem: Problem): string {
  return problem.remedy ? dynamicText(language, `remedy.${problem.remedy}`, problem.args) : '';
}
