import { Sketch } from './build.ts';

const ANIMALS = [
  'quick.orange.rabbit',
  'lazy.orange.elephant',
  'quick.orange.fox',
  'lazy.brown.fox',
  'lazy.pink.rabbit',
  'quick.brown.fox',
  'quick.orange.male.rabbit',
  'orange',
];

export const topicAnimals = new Sketch()
  .broker(432, 304, 496, 400)
  .producer('p', 'observer', 80, 304, { everyMillis: 1_800, templates: ANIMALS.map((key) => ({ key })) })
  .exchange('x', 'animals', 280, 304, 'topic')
  .queue('q1', 'Q1', 544, 208)
  .queue('q2', 'Q2', 544, 400)
  .consumer('c1', 'C1', 800, 208, { workMillis: 300 })
  .consumer('c2', 'C2', 800, 400, { workMillis: 300 })
  .publish('p', 'x')
  .bind('x', 'q1', { key: '*.orange.*' })
  .bind('x', 'q2', { key: '*.*.rabbit' })
  .bind('x', 'q2', { key: 'lazy.#' })
  .consume('q1', 'c1')
  .consume('q2', 'c2')
  .run('topic-animals', 24, 'key');
