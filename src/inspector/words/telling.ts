import type { Json, JsonObject, PartId } from '../../base/index.ts';
import type { Fact, Program, Timeline } from '../../engine/index.ts';
import { type Language, type TextArgs, text } from '../../i18n/index.ts';
import { configAt, lineChip, lineOf, partChip, partOrName } from './names.ts';
import { type Chip, code, listed, messageChip, type PhraseArg, type PhraseArgs, type Piece } from './pieces.ts';

/** The run in which a fact happened: one side of playback. */
export interface Told {
  readonly program: Program;
  readonly timeline: Pick<Timeline, 'story'>;
}

/** One fact being put into words: what every sentence may need of it. */
export class Telling {
  readonly fact: Fact;
  readonly program: Program;
  readonly language: Language;
  private readonly told: Told;

  constructor(fact: Fact, told: Told, language: Language) {
    this.fact = fact;
    this.told = told;
    this.program = told.program;
    this.language = language;
  }

  get data(): JsonObject {
    return this.fact.data ?? {};
  }

  number(name: string): number {
    const value = this.data[name];
    return typeof value === 'number' ? value : 0;
  }

  string(name: string): string {
    const value = this.data[name];
    return typeof value === 'string' ? value : '';
  }

  list(name: string): readonly Json[] {
    const value = this.data[name];
    return Array.isArray(value) ? value : [];
  }

  part(id: PartId): Chip {
    return partChip(this.program, id);
  }

  /** The part or name in a field of the data; a phrase that names nobody where there is none. */
  who(name: string): PhraseArg {
    const value = this.string(name);
    return value === '' ? text(this.language, 'words.somebody') : partOrName(this.program, value);
  }

  /** The system whose part it happened at: the beginning of its kind, `rabbitmq`, `kafka` … */
  get system(): string {
    return this.program.parts.get(this.fact.at)?.kind.split('/')[0] ?? '';
  }

  /** The line of the fact, or where it happened if it has none. */
  get line(): Chip {
    const { fact } = this;
    return fact.line === '' ? this.part(fact.at) : lineChip(this.program, fact.line, fact.time);
  }

  /** One end of the fact's line. */
  end(end: 'from' | 'to'): Chip | undefined {
    const line = this.fact.line === '' ? undefined : lineOf(this.program, this.fact.line);
    return line && this.part(line[end]);
  }

  /** The type of the exchange, or of whatever has a `type`; `none` where nothing is drawn. */
  get type(): string {
    const type = configAt(this.program, this.fact.at, this.fact.time)['type'];
    return typeof type === 'string' ? type : 'none';
  }

  /** The key that the message was published with. */
  get key(): string {
    const published = this.told.timeline.story(this.fact.message).find((fact) => fact.kind === 'message.published');
    const key = published?.data?.['key'];
    return typeof key === 'string' ? key : '';
  }

  row(chips: readonly Chip[]): readonly Piece[] {
    return listed(chips, this.language, (count) => text(this.language, 'words.more', { count }));
  }

  text(key: Parameters<typeof text>[1], args?: TextArgs): string {
    return text(this.language, key, args);
  }

  /** What every sentence and every reason may speak of. */
  common(): PhraseArgs {
    const { fact } = this;
    return {
      at: this.part(fact.at),
      home: this.part(this.program.nodeOf.get(fact.at) ?? fact.at),
      message: fact.message > 0 ? messageChip(fact.message) : text(this.language, 'words.nothing'),
      line: this.line,
      fact: fact.kind.slice(fact.kind.lastIndexOf('.') + 1),
      outcome: this.string('outcome') || 'none',
      name: code(this.string('name') || this.part(fact.at).text),
      kind: this.string('kind') || 'none',
      verb: code(this.string('verb')),
      consumer: this.who('consumer'),
      client: this.who('client'),
    };
  }
}
