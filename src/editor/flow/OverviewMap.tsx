import { MiniMap } from '@xyflow/react';
import styles from './flow.module.css';

/** React Flow reads the size of its map from here. */
const MAP_SIZE = { width: 140, height: 92 };

/** The whole drawing in small: to see where one is, and to go elsewhere. */
export default function OverviewMap() {
  return <MiniMap className={styles.minimap ?? ''} style={MAP_SIZE} offsetScale={8} pannable zoomable nodeBorderRadius={8} />;
}
