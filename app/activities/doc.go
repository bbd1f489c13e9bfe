// Package activities keeps what is done with customers: notes, calls, meetings
// and tasks, the calendar of them, and the reminders.
//
// Each is about companies or people. It stands on their timelines, and, for a
// person, also on those of the companies where the person has a role on that
// day, whenever that role was entered.
//
// A task is settled: done, put off to another day, or opened again. One that
// repeats is followed by the next when it is done, in the same batch; its days
// are counted from the first one, so a task of every 31st is due on the last day
// of shorter months and on the 31st again. A meeting that repeats is one record,
// whose other days the calendar makes.
//
// Days are those of the workspace's time zone: at which moment they begin does
// not matter to what is due on them.
//
// Tables: activities_note, activities_task, activities_call,
// activities_meeting, activities_about, activities_told, activities_snooze.
package activities
