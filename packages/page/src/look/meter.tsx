import './meter.css'

interface MeterProps {
  label: string
  value: number
  max: number
}

/** How much of something is used. From nine tenths on it warns. */
export function Meter({ label, value, max }: MeterProps) {
  const isHigh = max > 0 && value / max >= 0.9
  return (
    <progress
      class={isHigh ? 'meter high' : 'meter'}
      aria-label={label}
      value={max > 0 ? Math.min(value, max) : 0}
      max={Math.max(max, 1)}
    />
  )
}
