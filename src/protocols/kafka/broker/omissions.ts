/** i18n keys of what a broker does not do: `omit.<key>`. */
export const OMISSIONS: readonly string[] = [
  'kafka.reassignment',
  'kafka.quotas',
  'kafka.tiered',
  'kafka.compression',
  'kafka.metadataSnapshots',
  'kafka.refusedExit',
];
