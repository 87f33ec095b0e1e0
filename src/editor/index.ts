export { type EditorCommand, editorCommands } from './commands.ts';
export { DeedsButton as InterventionMenu } from './deeds/DeedsButton.tsx';
export { PublishDialog } from './deeds/PublishDialog.tsx';
export { type Change, type DocumentState, type Step, useDocument } from './document.ts';
export { type EditorHost, type Look, provideEditor, useEditor, wantLook } from './environment.ts';
export { GraphEditor, type GraphEditorProps } from './flow/GraphEditor.tsx';
export { FromSwitch } from './forms/FromSwitch.tsx';
export { PartForm } from './forms/PartForm.tsx';
export { Palette } from './Palette.tsx';
