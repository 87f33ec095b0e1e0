import { useDocument } from '../../editor/index.ts';
import { brokersOf, exportDefinitions, parseDefinitions } from '../../formats/rabbitmq/index.ts';
import { text } from '../../i18n/index.ts';
import { type Problem, scenarioOf } from '../../scenario/index.ts';
import { toast, useUi } from '../../ui/index.ts';
import { offerDownload } from './files.ts';
import { useApp } from './store.ts';

/** What the exported file is called; brokers' tools call it so. */
const FILE_NAME = 'definitions.json';

/** Asks what to draw of a broker's definitions. Nothing of the document changes before that is said. */
export function importDefinitions(name: string, content: string): Problem | undefined {
  const parsed = parseDefinitions(content);
  if (!parsed.ok) return parsed.error;
  useApp.getState().set({ dialog: 'definitions', imported: { name, definitions: parsed.value } });
  return undefined;
}

/** Gives a broker of the drawing to the browser as a file that a real one imports: the selected one, else the first. */
export function exportBroker(): void {
  const { language, selection, side } = useUi.getState();
  const scenario = scenarioOf(useDocument.getState().run, side);
  const brokers = brokersOf(scenario);
  const holders = new Set(scenario.parts.filter(({ id }) => selection.includes(id)).map(({ id, parent }) => parent ?? id));
  const broker = brokers.find((id) => holders.has(id)) ?? brokers[0];
  if (broker === undefined) {
    toast({ tone: 'bad', text: text(language, 'definitions.noBroker') });
    return;
  }
  const { text: content, notes } = exportDefinitions(scenario, broker);
  offerDownload(FILE_NAME, content);
  const count = notes.list.length + notes.more;
  const said =
    count > 0 ? text(language, 'definitions.exportedSome', { count }) : text(language, 'definitions.exported', { name: FILE_NAME });
  toast({ tone: 'good', text: said });
}
