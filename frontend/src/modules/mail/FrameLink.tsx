import styles from './frame.module.css';
import type { Box, LinkArea } from './linkAreas';

type Props = {
  area: LinkArea;
  target: string;
  onFollow: (event: React.MouseEvent) => void;
  /** Tells where the link leads, before anybody follows it. */
  onShow: (target: string) => void;
};

/** A link over the frame, with a box for each line of its text. */
export function FrameLink({ area, target, onFollow, onShow }: Props) {
  const [first] = area.boxes;
  if (!first) return null;
  return (
    <a
      className={styles.link}
      style={place(first)}
      href={target}
      rel="noreferrer nofollow"
      onClick={onFollow}
      onPointerEnter={() => onShow(target)}
      onPointerLeave={() => onShow('')}
      onFocus={() => onShow(target)}
      onBlur={() => onShow('')}
    >
      <span className="k-hidden">{area.text || target}</span>
      {area.boxes.map((box) => (
        <span key={`${box.x},${box.y}`} style={place({ ...box, x: box.x - first.x, y: box.y - first.y })} />
      ))}
    </a>
  );
}

const place = ({ x, y, width, height }: Box) => ({ left: x, top: y, width, height });
