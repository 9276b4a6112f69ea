/** Drawings of 24 by 24, of lines. */
const paths = {
  drop: 'M12 4v11m0 0-4.5-4.5M12 15l4.5-4.5M5 19.5h14',
  play: 'M8 5.5v13l10.5-6.5Z',
  pause: 'M8.5 5.5v13m7-13v13',
  download: 'M12 4v10.5m0 0-4-4m4 4 4-4M5 19h14',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1',
  retry: 'M19 12a7 7 0 1 1-2-4.9M19 4v4h-4',
  delete: 'M5 7h14M10 7V4.5h4V7m-7 0 1 12.5h8L17 7',
  cancel: 'm6.5 6.5 11 11m0-11-11 11',
  done: 'm5 12.5 4.5 4.5L19 7.5',
  warning: 'M12 4 2.8 19.5h18.4Zm0 6v4.5m0 2.6v.1',
  info: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17Zm0 7.2v5.6m0-8.7v.1',
  bell: 'M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15Zm4 4h4',
  system: 'M12 3.5a8.5 8.5 0 1 0 0 17Zm0 0a8.5 8.5 0 0 1 0 17',
  light:
    'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8Zm0-5.5v2m0 15v2m9.5-9.5h-2m-15 0h-2m16.2-6.7-1.4 1.4M6.7 17.3l-1.4 1.4m13.4 0-1.4-1.4M6.7 6.7 5.3 5.3',
  dark: 'M19.5 14A8 8 0 0 1 10 4.5a8 8 0 1 0 9.5 9.5Z',
  language:
    'M4 6.5h10M9 4v2.5m3 0c-.8 4-3.7 7-7.5 8.5M6.5 9.5c1 2.5 3.5 4.7 6 5.5m.5 5 4-9.5 4 9.5m-6.8-3h5.6',
  more: 'M6 12h.01M12 12h.01M18 12h.01',
  search: 'M10.5 4.5a6 6 0 1 0 0 12 6 6 0 0 0 0-12Zm4.5 10.5 5 5',
  'sign-out': 'M10 4.5H5v15h5M15 7.5l4.5 4.5-4.5 4.5m4.5-4.5h-10',
  file: 'M7 3.5h7l4 4v13H7Zm6.5 0V8H18',
  person: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8Zm-7.5 16c.6-4 3.6-6 7.5-6s6.9 2 7.5 6',
} as const
export type GlyphName = keyof typeof paths

/** A small drawing beside words that say the same. */
export function Glyph({ name, size = 20 }: { name: GlyphName; size?: number }) {
  return (
    <svg
      class="glyph"
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  )
}
