import { register } from '@/lib/modules';
import { access } from '@/modules/access';
import { activities } from '@/modules/activities';
import { startReminders } from '@/modules/activities/reminders';
import { contacts } from '@/modules/contacts';
import { files } from '@/modules/files';
import { history } from '@/modules/history';
import { mail } from '@/modules/mail';
import { products } from '@/modules/products';
import { sales } from '@/modules/sales';
import { settings } from '@/modules/settings';
import { transfer } from '@/modules/transfer';
import { views } from '@/modules/views';

/** Every module of the program stands here once; the shell takes its menu, pages and commands from the list. */
export function registerModules(): void {
  register([contacts, products, sales, activities, mail, files, access, transfer, views, history, settings]);
  startReminders();
}
