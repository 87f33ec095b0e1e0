// npm start: installs if needed, builds, serves the production build and prints the address.
import { ensureInstalled, ROOT } from './install.mjs';

const port = Number(process.env.PORT ?? 4173);
if (!Number.isInteger(port) || port < 1 || port > 65_535) {
  console.error(`PORT=${process.env.PORT} is no port: give a whole number from 1 to 65535.`);
  process.exit(1);
}
ensureInstalled();
const { build, preview } = await import('vite');
await build({ root: ROOT, logLevel: 'warn' });
try {
  const server = await preview({ root: ROOT, logLevel: 'warn', preview: { host: '127.0.0.1', port, strictPort: true } });
  console.log(`Queuescope is at http://127.0.0.1:${port}/  (Ctrl+C ends it)`);
  const stop = () => server.close().then(() => process.exit(0));
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
} catch (error) {
  console.error(`Port ${port} can't be used (${error.message}). Choose another: PORT=4180 npm start`);
  process.exit(1);
}
