import { createDialog } from '@/lib/dialogs';
import type { Module } from '@/lib/modules';
import { PlusIcon, ProductIcon } from '@/ui/icons';

export const products: Module = {
  name: 'products',
  nav: [
    {
      group: 'selling',
      order: 40,
      to: '/product',
      title: 'products:kind.product.many',
      icon: ProductIcon,
      key: 'o',
      kind: 'product',
    },
  ],
  commands: [
    {
      id: 'create:product',
      title: 'products:kind.product.new',
      group: 'create',
      icon: PlusIcon,
      run: () => createDialog.set({ kind: 'product', values: {} }),
    },
  ],
  kinds: {
    product: {
      icon: ProductIcon,
      first: ['name', 'number', 'category', 'unit', 'price', 'taxRate', 'description'],
      shape: 'square',
      empty: 'products:empty.product',
      page: true,
      create: true,
    },
  },
};
