import { Button, createTheme, type MantineColorsTuple, Tooltip } from '@mantine/core';

const accent: MantineColorsTuple = [
  '#eef0ff',
  '#dfe2ff',
  '#c0c4fb',
  '#a0a4f6',
  '#8488f0',
  '#6b6fea',
  '#5458e4',
  '#4347c9',
  '#373ba8',
  '#2b2e86',
];

/** Greys of the dark scheme: Mantine derives its own surfaces from this tuple, so nothing is overridden piecemeal. */
const dark: MantineColorsTuple = [
  '#e9eaee',
  '#c9ccd3',
  '#9da3ae',
  '#7d8390',
  '#4a4e58',
  '#363942',
  '#232529',
  '#17181c',
  '#101114',
  '#0b0c0e',
];

const gray: MantineColorsTuple = [
  '#f7f7f8',
  '#f1f2f4',
  '#e8e9ed',
  '#dcdee4',
  '#c9ccd3',
  '#a7abb5',
  '#6b717d',
  '#5c6370',
  '#3a3f49',
  '#16181d',
];

/** The list itself scrolls, as assistive technology expects of the popup of a combobox. */
const picking = {
  comboboxProps: { shadow: 'md', transitionProps: { duration: 60 } },
  checkIconPosition: 'right',
  clearSectionMode: 'clear',
  selectFirstOptionOnChange: true,
  withScrollArea: false,
  styles: { options: { maxHeight: 260, overflowY: 'auto' } },
};

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 6 },
  colors: { accent, dark, gray },
  black: '#16181d',
  fontFamily: "'Inter Variable', 'Inter', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace",
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '19px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  headings: { fontWeight: '620' },
  defaultRadius: 8,
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '10px', xl: '14px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  autoContrast: false,
  components: {
    Button: Button.extend({ defaultProps: { size: 'sm' } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 500, withArrow: false, position: 'bottom' } }),
    Modal: {
      defaultProps: {
        overlayProps: { backgroundOpacity: 0.36, blur: 0 },
        radius: 10,
        transitionProps: { duration: 90 },
      },
    },
    Popover: { defaultProps: { shadow: 'md', radius: 8, transitionProps: { duration: 80 } } },
    Menu: { defaultProps: { shadow: 'md', radius: 8, transitionProps: { duration: 80 } } },
    Select: { defaultProps: picking },
    MultiSelect: { defaultProps: picking },
  },
});
