/**
 * How much a document may hold. Everything that comes from outside is refused beyond these, before any of it is used.
 * Times are in µs, lengths in UTF-16 units, coordinates in canvas pixels.
 */
export const DOCUMENT_LIMITS = {
  parts: 4_000,
  lines: 12_000,
  interventions: 1_000,
  /** Part and line ids. */
  idLength: 32,
  nameLength: 255,
  titleLength: 200,
  introLength: 2_000,
  /** A name or a text in a header or argument table. */
  tableNameLength: 128,
  tableTextLength: 1_024,
  coordinate: 100_000,
  regionSizeMin: 60,
  regionSizeMax: 20_000,
  /** A day of simulated time. */
  time: 86_400_000_000,
  seed: 0xffff_ffff,
  engine: 1_000_000,
  /** Nesting of a JSON text. */
  depth: 32,
  /** Characters of a link's fragment. */
  linkLength: 65_536,
  /** Bytes of a link's content once inflated. */
  inflatedBytes: 2_000_000,
  /** Characters of a saved file. */
  fileLength: 8_000_000,
  /** So many problems of one document are told; more would only hide them. */
  problems: 20,
} as const;
