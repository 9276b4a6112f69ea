import { View } from '../app/view.tsx'

export function Failures() {
  return <View title="Failures">{null}</View>
}
