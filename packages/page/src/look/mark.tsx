interface MarkProps {
  /** @default 36 */
  size?: number
}

/** The horned rabbit. It stands beside its name, so screen readers pass over it. */
export function Mark({ size = 36 }: MarkProps) {
  return (
    <svg class="mark" viewBox="0 0 64 64" width={size} height={size} aria-hidden="true" focusable="false">
      <g fill="none" class="mark-horns" stroke-width="4" stroke-linecap="round" stroke-linejoin="round">
        <path d="M20 40C10 36 6 27 6 12M7 25 1 17M11 33 3 31" transform="translate(3 0)" />
        <path d="M44 40C54 36 58 27 58 12M57 25 63 17M53 33 61 31" transform="translate(-3 0)" />
      </g>
      <g class="mark-head">
        <ellipse cx="25.5" cy="19" rx="5" ry="16" transform="rotate(-6 25.5 19)" />
        <ellipse cx="38.5" cy="19" rx="5" ry="16" transform="rotate(6 38.5 19)" />
        <path d="M32 30c10 0 16 7 16 16 0 9-7 15-16 15s-16-6-16-15c0-9 6-16 16-16Z" />
      </g>
      <g class="mark-face">
        <circle cx="25" cy="45" r="2.6" />
        <circle cx="39" cy="45" r="2.6" />
        <path d="M29.5 51.5h5L32 54.5Z" />
      </g>
    </svg>
  )
}
