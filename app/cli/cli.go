package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/adrg/xdg"
	"github.com/alecthomas/kong"

	"kontor/app/kit/fault"
	"kontor/app/kit/lang"
)

// Exit statuses.
const (
	exitDone    = 0
	exitFailed  = 1
	exitUsage   = 2
	exitPartial = 3
)

// Program is what the outside gives to a run.
type Program struct {
	Args    []string
	In      io.Reader
	Out     io.Writer
	Err     io.Writer
	Env     func(string) string
	Version string
	// Window opens the window on a workspace. Serve opens the browser door.
	Window func(ctx context.Context, workspace string) error
	Serve  func(ctx context.Context, workspace, listen string, out io.Writer) error
}

type commands struct {
	Workspace string `help:"Folder of the workspace." env:"KONTOR_WORKSPACE" placeholder:"DIR"`
	JSON      bool   `name:"json" help:"Print one JSON document."`

	Window   windowCmd   `cmd:"" default:"1" help:"Open the window."`
	Serve    serveCmd    `cmd:"" help:"Open the browser door on this computer."`
	Init     initCmd     `cmd:"" help:"Make a workspace."`
	Settings settingsCmd `cmd:"" help:"Show or change settings."`
	Kinds    kindsCmd    `cmd:"" help:"Kinds of records."`
	Fields   fieldsCmd   `cmd:"" help:"Fields of a kind."`
	Field    fieldCmd    `cmd:"" help:"Fields of your own."`
	List     listCmd     `cmd:"" help:"List records."`
	Show     showCmd     `cmd:"" help:"Show one record."`
	New      newCmd      `cmd:"" help:"Make a record."`
	Set      setCmd      `cmd:"" help:"Change fields of a record."`
	Delete   deleteCmd   `cmd:"" help:"Put a record into the bin."`
	Search   searchCmd   `cmd:"" help:"Find records by words."`
	Today    todayCmd    `cmd:"" help:"What waits to be done today."`
	Done     doneCmd     `cmd:"" help:"Do a task; one that repeats is followed by the next."`
	PutOff   putOffCmd   `cmd:"" help:"Put a task off to another day."`
	Reopen   reopenCmd   `cmd:"" help:"Open a task again."`
	Calendar calendarCmd `cmd:"" help:"Meetings and due tasks."`
	Cards    cardsCmd    `cmd:"" help:"Business cards."`
	Tags     tagsCmd     `cmd:"" help:"Tags of records."`
	Timeline timelineCmd `cmd:"" help:"What happened around a record."`
	History  historyCmd  `cmd:"" help:"Every change of a record."`
	Undo     undoCmd     `cmd:"" help:"Take back a change or a batch."`
	Price    priceCmd    `cmd:"" help:"What a document on the standard input comes to."`
	Quote    quoteCmd    `cmd:"" help:"Quotations."`
	Import   importCmd   `cmd:"" help:"Take a spreadsheet in."`
	Export   exportCmd   `cmd:"" help:"Write a list into a spreadsheet."`
	Mail     mailCmd     `cmd:"" help:"Mail into the histories of contacts."`
	Backup   backupCmd   `cmd:"" help:"Copy the workspace into one proven file."`
	Restore  restoreCmd  `cmd:"" help:"Put a backup in the place of the workspace."`
	Check    checkCmd    `cmd:"" help:"Look for damage."`
	Token    tokenCmd    `cmd:"" help:"Make a token for a program."`
	Version  versionCmd  `cmd:"" help:"Show the version."`
	OpenAPI  openapiCmd  `cmd:"" name:"openapi" help:"Print the description of the API." hidden:""`
}

// run is one command on its way.
type run struct {
	Program
	ctx       context.Context
	workspace string
	usual     bool // nobody named a workspace
	json      bool
	language  string
	status    int
}

// Run runs one command and gives the exit status.
func Run(ctx context.Context, p Program) int {
	var c commands
	r := &run{Program: p, ctx: ctx, language: lang.Match(localeOf(p.Env), lang.Fallback), json: wantsJSON(p.Args)}
	helped := false
	parser, err := kong.New(&c, kong.Name("kontor"), kong.Description("A CRM in one program, on your own computer."),
		kong.Writers(p.Out, p.Err), kong.Exit(func(int) { helped = true }), kong.UsageOnError(), kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err != nil {
		fmt.Fprintln(p.Err, err)
		return exitFailed
	}
	parsed, err := parser.Parse(joinDashes(p.Args))
	if helped {
		return exitDone
	}
	if err != nil {
		return r.usage(err)
	}
	r.workspace, r.json = c.Workspace, c.JSON
	if r.workspace == "" {
		r.workspace, r.usual = filepath.Join(xdg.DataHome, "kontor"), true
	}
	if err := parsed.Run(r); err != nil {
		return r.fail(err)
	}
	return r.status
}

func wantsJSON(args []string) bool {
	for _, a := range args {
		if a == "--json" {
			return true
		}
	}
	return false
}

// joinDashes lets values begin with a dash where it means "downwards":
// --sort -name.
func joinDashes(args []string) []string {
	var joined []string
	for i := 0; i < len(args); i++ {
		if args[i] == "--sort" && i+1 < len(args) {
			joined = append(joined, "--sort="+args[i+1])
			i++
			continue
		}
		joined = append(joined, args[i])
	}
	return joined
}

// localeOf reads the user's language from the environment (POSIX locale names).
func localeOf(env func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := env(name); value != "" {
			base, _, _ := strings.Cut(value, ".")
			return strings.ReplaceAll(base, "_", "-")
		}
	}
	return ""
}

// problem is a failure as JSON has it.
type problem struct {
	Code    string `json:"code"`
	Field   string `json:"field"`
	Message string `json:"message"`
}

// remoteFault is a problem that the API answered, translated already.
type remoteFault struct {
	problem
	parts []problem
}

func (f *remoteFault) Error() string { return f.Message }

func (r *run) usage(err error) int {
	if r.json {
		r.print(map[string]any{"error": problem{"usage", "", err.Error()}})
	} else {
		fmt.Fprintln(r.Err, "kontor:", err)
	}
	return exitUsage
}

func (r *run) fail(err error) int {
	var remote *remoteFault
	if !errors.As(err, &remote) {
		f := fault.Of(err)
		remote = &remoteFault{problem: problem{string(f.Code), f.Field, lang.Text(r.language, f.Key, f.Params)}}
		if f.Code == fault.CodeInternal {
			fmt.Fprintln(r.Err, "kontor:", err)
		}
	}
	if r.json {
		r.print(map[string]any{"error": remote.problem})
	} else {
		fmt.Fprintln(r.Err, "kontor:", remote.Message)
		for _, part := range remote.parts[min(1, len(remote.parts)):] {
			fmt.Fprintf(r.Err, "        %s: %s\n", part.Field, part.Message)
		}
	}
	if fault.Of(err).Key == "cli.badPair" {
		return exitUsage
	}
	return exitFailed
}

// print writes the one JSON document.
func (r *run) print(v any) {
	e := json.NewEncoder(r.Out)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		fmt.Fprintln(r.Err, "kontor:", err)
		r.status = exitFailed
	}
}

// terminal reports whether people look at the output.
func (r *run) terminal() bool {
	f, ok := r.Out.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
