/** All icons in one hand: a grid of 24, strokes of 1.5, round ends. Solid ones are the transport's, as on every player. */
const STROKED = {
  undo: 'M8 5L4 9l4 4M4 9h10a6 6 0 0 1 0 12h-3',
  redo: 'M16 5l4 4-4 4M20 9H10a6 6 0 0 0 0 12h3',
  loop: 'M17 3l3 3-3 3M4 11V9a3 3 0 0 1 3-3h13M7 21l-3-3 3-3M20 13v2a3 3 0 0 1-3 3H4',
  speed: 'M4 18a9 9 0 1 1 16 0M12 15l4-6M12 15.5h.01',
  share: 'M12 15V4M8 7.5L12 3.5l4 4M6 11H5v9h14v-9h-1',
  link: 'M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-5.7-5.7l-1.3 1.3M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 5.7 5.7l1.3-1.3',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  paste: 'M9 5H6v15h12V5h-3M9 3.5h6v3H9z',
  cut: 'M8 8l11 9M8 16l11-9M6 8.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM6 20.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
  producer: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8 12h8M13 8.5l3.5 3.5-3.5 3.5',
  exchange: 'M7.5 4h9l5 8-5 8h-9l-5-8zM7.5 12h3.5l4.5-4M11 12l4.5 4',
  queue: 'M4.5 7.5h15a2.5 2.5 0 0 1 2.5 2.5v4a2.5 2.5 0 0 1-2.5 2.5h-15A2.5 2.5 0 0 1 2 14v-4a2.5 2.5 0 0 1 2.5-2.5zM8.7 7.5v9M15.3 7.5v9',
  consumer: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8 12l3 3 5-6',
  broker: 'M5 4h14a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zM3 9h18M6.5 6.5h.01M9 6.5h.01',
  binding: 'M5 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM19 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8 12h8',
  message: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM9 12h6',
  language: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18',
  light:
    'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4',
  dark: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z',
  system: 'M4 5h16v11H4zM9 20h6M12 16v4',
  help: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M12 16.8h.01',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5M12 7.8h.01',
  close: 'M6 6l12 12M18 6L6 18',
  check: 'M5 12.5l4.5 4.5L19 7',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  menu: 'M4 7h16M4 12h16M4 17h16',
  down: 'M6 9.5l6 6 6-6',
  up: 'M6 14.5l6-6 6 6',
  left: 'M14.5 6l-6 6 6 6',
  right: 'M9.5 6l6 6-6 6',
  newPage: 'M6 3h8l4 4v14H6zM14 3v4h4M12 11v6M9 14h6',
  open: 'M3 19V6a1 1 0 0 1 1-1h5l2 2.5h8a1 1 0 0 1 1 1V11M3 19l3-8h16l-3 8z',
  save: 'M12 4v11M8 11.5l4 4 4-4M4 15v5h16v-5',
  compare: 'M4 5h6.5v14H4zM13.5 5H20v14h-6.5z',
  gallery: 'M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z',
  commands: 'M5 8l4 4-4 4M12 17h7',
  trash: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5',
  rename: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  duplicate: 'M8 8h12v12H8zM4 16V4h12M14 11v6M11 14h6',
  fit: 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5',
  layout: 'M3 9h6v6H3zM15 4h6v6h-6zM15 14h6v6h-6zM9 12h3M12 7v10M12 7h3M12 17h3',
  zoomIn: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L21 21M10.5 7.5v6M7.5 10.5h6',
  zoomOut: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L21 21M7.5 10.5h6',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L21 21',
  connect: 'M3 12h11M10.5 8.5L14 12l-3.5 3.5M18 5h3v14h-3',
  crash: 'M13 2.5L5 13.5h5.5L10 21.5l9-12h-6z',
  restart: 'M20 12a8 8 0 1 1-2.5-5.8M20 3v4.5h-4.5',
  flag: 'M6 21V4h12l-3 4 3 4H6',
  filter: 'M4 5h16l-6 7.5V19l-4-2v-4.5z',
  purge: 'M6 20h13M8.5 16L4 11.5 12 4l7.5 7-5.5 5zM8 8l7.5 7',
  publish: 'M3 12L21 4l-5 16-4-6.5zM12 13.5L21 4',
  warning: 'M12 4l9.5 16h-19zM12 10v4.5M12 17.3h.01',
  settings: 'M4 7h9M17 7h3M15 4.5v5M4 17h3M11 17h9M9 14.5v5',
  panel: 'M3 5h18v14H3zM15 5v14',
  map: 'M3 5h18v14H3zM12 12h6v4h-6z',
  traffic: 'M3 8h13M12.5 4.5L16 8l-3.5 3.5M21 16H8M11.5 12.5L8 16l3.5 3.5',
  unlink: 'M4 12h5M15 12h5M11 6l2 12',
} as const;

const SOLID = {
  play: 'M7 4.5l13 7.5-13 7.5z',
  pause: 'M6 4.5h4.5v15H6zM13.5 4.5H18v15h-4.5z',
  step: 'M6 5l9 7-9 7zM16.5 5H19v14h-2.5z',
  back: 'M18 5l-9 7 9 7zM5 5h2.5v14H5z',
  next: 'M4 5.5l8 6.5-8 6.5zM12 5.5l8 6.5-8 6.5z',
  previous: 'M20 5.5L12 12l8 6.5zM12 5.5L4 12l8 6.5z',
  home: 'M4 5h2.5v14H4zM20 5v14l-6.5-7zM13.5 5v14L7 12z',
  more: 'M7 12a1.5 1.5 0 1 1-3 0 1.5 1.5 0 0 1 3 0zM13.5 12a1.5 1.5 0 1 1-3 0 1.5 1.5 0 0 1 3 0zM20 12a1.5 1.5 0 1 1-3 0 1.5 1.5 0 0 1 3 0z',
  end: 'M17.5 5H20v14h-2.5zM4 5l6.5 7L4 19zM10.5 5l6.5 7-6.5 7z',
} as const;

export type IconName = keyof typeof STROKED | keyof typeof SOLID;

function isSolid(name: IconName): name is keyof typeof SOLID {
  return name in SOLID;
}

/** An icon beside words or in a labelled button: always hidden from screen readers. */
export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  const solid = isSolid(name);
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill={solid ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth={solid ? 1 : 1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={solid ? SOLID[name] : STROKED[name]} />
    </svg>
  );
}

/** The sign of the house: a lens over three messages. */
export function Logo({ size = 24 }: { readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 22 22"
      fill="none"
      stroke="var(--accent)"
      strokeWidth="2"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <circle cx="9.5" cy="9.5" r="7" />
      <path d="M15 15l5 5M6.2 9.5h.01M9.5 9.5h.01M12.8 9.5h.01" />
    </svg>
  );
}
