export { type Autosave, type AutosaveOptions, createAutosave } from './autosave.ts';
export { type OpenedWork, openStore, type SaveOutcome, type StorageStatus, type StoreOptions, type Work, type WorkStore } from './store.ts';
