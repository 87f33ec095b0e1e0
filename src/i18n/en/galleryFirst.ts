/** What the first picture says of the scenario that it shows. */
export const galleryFirst = {
  'gallery.fair-dispatch.title': 'Fair dispatch',
  'gallery.fair-dispatch.intro':
    'The same five tasks twice, on one clock: dealt out in turn on the left, with a prefetch of 1 and manual acks on the right. Watch who waits, and when all is done.',
  'gallery.fair-dispatch.left': 'Round-robin',
  'gallery.fair-dispatch.right': 'Fair: prefetch = 1',
} as const;
