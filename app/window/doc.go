// Package window is the window door: the pages and the API inside a native
// window, without a port. It needs the build tag desktop; builds without it run
// where there is no GTK and only say that they have no window.
//
// The pages reach the API through the asset server of Wails and are pushed what
// changed as the event "changed". The menu bar sends the event "command" with
// the id of one of the pages' own commands. Only what a page cannot do itself is
// bound to it (Native): file dialogs, dropped files and notifications. A page
// reads what somebody chose or dropped by a token and never learns a path.
//
// One workspace has one window. Who starts Kontor a second time asks the first
// process, through the workspace's own socket, to come to the front.
package window
