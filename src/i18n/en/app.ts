export const app = {
  'ui.close': 'Close',
  'ui.notice': 'Notices',
} as const;
