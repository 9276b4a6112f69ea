interface MarkProps {
  /** @default 36 */
  size?: number
}

/** The horned rabbit. It stands beside its name, so screen readers pass over it. */
export function Mark({ size = 36 }: MarkProps) {
  return (
    <svg class="mark" viewBox="0 0 64 64" width={size} height={size} aria-hidden="true" focusable="false">
      <g class="mark-horns" fill="none" stroke-width="4.5" stroke-linecap="round" stroke-linejoin="round">
        <path d="M19 38C11 34 7.500 27 8 13M8.300 25.500 2.500 19M12 33.500 4 33M8 13" />
        <path d="M45 38C53 34 56.500 27 56 13M55.700 25.500 61.500 19M52 33.500 60 33" />
      </g>
      <g class="mark-head">
        <path d="M29.500 33C24 30 17.500 18 19.500 7.500 20.300 3.300 24.500 3 26.500 6.500 30.500 13.500 31.500 24 31 32Z" />
        <path d="M34.500 33C40 30 46.500 18 44.500 7.500 43.700 3.300 39.500 3 37.500 6.500 33.500 13.500 32.500 24 33 32Z" />
        <path d="M32 28.500c10.500 0 17 7.500 17 16.500 0 9.500-7.500 16-17 16s-17-6.500-17-16c0-9 6.500-16.500 17-16.500Z" />
      </g>
      <g class="mark-face">
        <circle cx="25" cy="43.500" r="2.800" />
        <circle cx="39" cy="43.500" r="2.800" />
        <path d="M29 50.500h6l-3 3.400Z" />
      </g>
    </svg>
  )
}
