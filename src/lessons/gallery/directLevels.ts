import { Sketch } from './build.ts';

export const directLevels = new Sketch()
  .broker(432, 304, 496, 400)
  .producer('p', 'app', 80, 304, {
    everyMillis: 1_500,
    templates: [{ key: 'info' }, { key: 'warning' }, { key: 'error' }, { key: 'debug' }],
  })
  .exchange('x', 'levels', 280, 304, 'direct')
  .queue('q1', 'everything', 544, 208)
  .queue('q2', 'errors', 544, 400)
  .consumer('c1', 'archive', 800, 208, { workMillis: 300 })
  .consumer('c2', 'alarm', 800, 400, { workMillis: 300 })
  .publish('p', 'x')
  .bind('x', 'q1', { key: 'info' })
  .bind('x', 'q1', { key: 'warning' })
  .bind('x', 'q1', { key: 'error' })
  .bind('x', 'q2', { key: 'error' })
  .consume('q1', 'c1')
  .consume('q2', 'c2')
  .run('direct-levels', 20, 'key');
