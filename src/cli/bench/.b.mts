import { stageRows } from '/work/main/src/cli/bench/stage.ts';

for (const r of await stageRows()) console.log(r.name, r.value.toFixed(2), r.unit, r.ratio?.toFixed(2) ?? '');
