/** How much of a stranger's definitions is looked at. Lengths in UTF-16 units unless they say bytes. */
export const DEFINITIONS_LIMITS = {
  /** The broker's own limit of an HTTP import, in bytes of the file. */
  fileBytes: 20_000_000,
  /** Items of one list: exchanges, queues, bindings, policies … */
  items: 100_000,
  vhosts: 1_000,
  /** Names and routing keys are short strings on the wire. */
  nameBytes: 255,
  /** Entries of one table that are looked at; of them a part of the drawing takes what its field table allows. */
  tableEntries: 64,
  /** Notes of one key that are listed; the others are counted. */
  notesOfOneKey: 20,
  notes: 400,
  /** Of a text that a note quotes. */
  quoted: 60,
  patternBytes: 1_024,
  /** Steps that matching all policies of a virtual host against all its names may take together. */
  matchSteps: 60_000_000,
} as const;
