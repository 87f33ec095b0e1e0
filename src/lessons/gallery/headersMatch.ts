import { Sketch } from './build.ts';

const DOCUMENTS = [
  { format: 'pdf', type: 'report' },
  { format: 'pdf', type: 'log' },
  { format: 'zip', type: 'report', colour: 'red' },
  { format: 'pdf', type: 'report', colour: 'red' },
  { format: 'zip' },
];

export const headersMatch = new Sketch()
  .broker(480, 304, 592, 400)
  .producer('p', 'printer', 80, 304, {
    everyMillis: 2_000,
    templates: DOCUMENTS.map((headers) => ({ headers, body: Object.values(headers).join(' ') })),
  })
  .exchange('x', 'documents', 280, 304, 'headers')
  .queue('q1', 'pdf and report', 640, 208)
  .queue('q2', 'pdf or report', 640, 400)
  .consumer('c1', 'all', 896, 208, { workMillis: 300 })
  .consumer('c2', 'any', 896, 400, { workMillis: 300 })
  .publish('p', 'x')
  .bind('x', 'q1', { headers: { format: 'pdf', type: 'report' } })
  .bind('x', 'q2', { headers: { format: 'pdf', type: 'report' }, xMatch: 'any' })
  .consume('q1', 'c1')
  .consume('q2', 'c2')
  .run('headers-match', 20);
