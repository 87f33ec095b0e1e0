/** What may come next: a value, a member's name, a colon, what separates or ends a list, or nothing more. */
type Awaited = 'value' | 'valueOrEnd' | 'name' | 'nameOrEnd' | 'colon' | 'separator' | 'end';

const SPACE = /[ \t\n\r]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** Where a text stops being JSON; its length if only the rest is missing. */
export function faultOf(text: string): number {
  const scanner = new Scanner(text);
  while (scanner.step());
  return scanner.at;
}

/** Walks over the tokens and remembers which brackets are open. It knows no values, only whether each token may come. */
class Scanner {
  at = 0;
  private readonly text: string;
  private readonly open: ('[' | '{')[] = [];
  private awaited: Awaited = 'value';

  constructor(text: string) {
    this.text = text;
  }

  /** Takes one token; false at the end and at the first that may not come. */
  step(): boolean {
    this.take(SPACE);
    const c = this.text.charAt(this.at);
    if (c === ']' || c === '}') return this.close(c === ']' ? '[' : '{');
    switch (this.awaited) {
      case 'end':
        return false;
      case 'separator':
        return c === ',' && this.sign(this.open.at(-1) === '{' ? 'name' : 'value');
      case 'colon':
        return c === ':' && this.sign('value');
      case 'name':
      case 'nameOrEnd':
        return c === '"' && this.string('colon');
      default:
        return this.value(c);
    }
  }

  private value(c: string): boolean {
    if (c === '[' || c === '{') {
      this.open.push(c);
      return this.sign(c === '[' ? 'valueOrEnd' : 'nameOrEnd');
    }
    if (c === '"') return this.string(this.afterValue());
    if (!this.take(SCALAR)) return false;
    this.awaited = this.afterValue();
    return true;
  }

  private close(bracket: '[' | '{'): boolean {
    const mayEnd = this.awaited === 'separator' || this.awaited === 'valueOrEnd' || this.awaited === 'nameOrEnd';
    if (!mayEnd || this.open.at(-1) !== bracket) return false;
    this.open.pop();
    return this.sign(this.afterValue());
  }

  private sign(awaited: Awaited): boolean {
    this.at++;
    this.awaited = awaited;
    return true;
  }

  private string(awaited: Awaited): boolean {
    for (this.at++; this.at < this.text.length; ) {
      const code = this.text.charCodeAt(this.at);
      if (code === 0x22) return this.sign(awaited);
      if (code === 0x5c) {
        if (!this.take(ESCAPE)) return false;
      } else if (code < 0x20) return false;
      else this.at++;
    }
    return false;
  }

  private afterValue(): Awaited {
    return this.open.length === 0 ? 'end' : 'separator';
  }

  private take(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) this.at += found[0].length;
    return found !== null;
  }
}
