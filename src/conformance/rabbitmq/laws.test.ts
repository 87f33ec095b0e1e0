import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { boot, compile, copyWorld, type Fact, type Program, step, type World } from '../../engine/index.ts';
import { parseTruth } from '../format.ts';
import { notPlayable } from './features.ts';
import { stage, stageCatalogue } from './stage.ts';
import { translate } from './translate.ts';

const FOLDER = join(import.meta.dirname, '../recordings', 'rabbitmq-3.10.8-more');

function programs(): readonly (readonly [string, Program])[] {
  return readdirSync(FOLDER).flatMap((name) => {
    const parsed = parseTruth(readFileSync(join(FOLDER, name), 'utf8'));
    if (!parsed.ok || parsed.value.kind !== 'trace' || notPlayable(parsed.value) !== undefined) return [];
    const compiled = compile(stage(translate(parsed.value)), stageCatalogue);
    return compiled.ok ? [[name, compiled.value] as const] : [];
  });
}

function finish(program: Program, world: World): number {
  const facts: Fact[] = [];
  while (step(program, world, facts)) facts.length = 0;
  return world.digest;
}

describe('played recordings', () => {
  test('tell the same story again, and from a copy of any moment', () => {
    const all = programs();
    expect(all.length).toBeGreaterThan(60);
    for (const [name, program] of all) {
      const whole = finish(program, boot(program));
      const world = boot(program);
      const copies: World[] = [copyWorld(program, world)];
      for (let i = 1; step(program, world, []); i++) if (i % 11 === 0) copies.push(copyWorld(program, world));
      expect(world.digest, name).toBe(whole);
      for (const copy of copies) expect(finish(program, copy), name).toBe(whole);
    }
  });
});
