/** What the first picture says of the scenario that it shows. */
export const galleryFirst = {
  'gallery.fair-dispatch.title': '公平分发',
  'gallery.fair-dispatch.intro':
    '同样的五个任务在同一时钟下运行两遍：左边轮流分发，右边预取（prefetch）为 1 并手动确认。看谁在等，以及何时全部完成。',
  'gallery.fair-dispatch.left': '轮询 round-robin',
  'gallery.fair-dispatch.right': '公平 prefetch = 1',
} as const;
