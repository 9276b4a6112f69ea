import { View } from '../app/view.tsx'

export function Overview() {
  return <View title="Overview">{null}</View>
}
