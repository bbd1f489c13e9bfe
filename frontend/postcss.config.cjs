module.exports = {
  plugins: {
    'postcss-preset-mantine': {},
    'postcss-simple-vars': {
      variables: { 'breakpoint-phone': '700px', 'breakpoint-wide': '1320px' },
    },
  },
};
