// Fails in one way under the Sentry SDK: shop SCENARIO. Where to send to, the release and the environment come from the
// variables SENTRY_DSN, SENTRY_RELEASE and SENTRY_ENVIRONMENT.
package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"time"

	"github.com/getsentry/sentry-go"
	sentryhttp "github.com/getsentry/sentry-go/http"
	stacked "github.com/pkg/errors"
)

const patience = 20 * time.Second

type PaymentError struct {
	Order int
	cause error
}

func (e *PaymentError) Error() string { return fmt.Sprintf("payment of order %d failed", e.Order) }
func (e *PaymentError) Unwrap() error { return e.cause }

var errDeclined = errors.New("card declined")

//go:noinline
func pay() error { return &PaymentError{Order: 7, cause: errDeclined} }

//go:noinline
func handled() { sentry.CaptureException(pay()) }

// An error that knows where it was made, inside one that does not.
//
//go:noinline
func openBasket() error { return stacked.New("basket is locked") }

//go:noinline
func wrapped() { sentry.CaptureException(fmt.Errorf("opening the shop: %w", openBasket())) }

//go:noinline
func takeFromShelf(shelves []int, wanted int) int { return shelves[wanted] }

func crash() {
	defer func() {
		if reason := recover(); reason != nil {
			sentry.CurrentHub().Recover(reason)
			sentry.Flush(patience)
			panic(reason)
		}
	}()
	fmt.Println(takeFromShelf([]int{1, 2, 3}, 5))
}

func message() {
	sentry.WithScope(func(scope *sentry.Scope) {
		scope.SetLevel(sentry.LevelWarning)
		sentry.CaptureMessage("Disk quota 91% used")
	})
}

func scope() {
	sentry.ConfigureScope(func(scope *sentry.Scope) {
		scope.SetTag("tenant", "north")
		scope.SetTag("attempt", "3")
		scope.SetContext("order", sentry.Context{"number": 7})
		scope.SetUser(sentry.User{ID: "17", Email: "jo@example.com"})
	})
	sentry.AddBreadcrumb(&sentry.Breadcrumb{Category: "cart", Message: "two items added"})
	handled()
}

//go:noinline
func checkout(http.ResponseWriter, *http.Request) { fmt.Println(takeFromShelf([]int{1, 2, 3}, 5)) }

// A panic in a handler, with the SDK's middleware around it and a real server around both.
func request() {
	middleware := sentryhttp.New(sentryhttp.Options{Repanic: true, WaitForDelivery: true, Timeout: patience})
	server := httptest.NewServer(middleware.HandleFunc(checkout))
	defer server.Close()
	answer, err := http.Post(server.URL+"/checkout?token=hunter2", "application/json", strings.NewReader(`{"password":"hunter2"}`))
	if err == nil {
		_, _ = io.Copy(io.Discard, answer.Body)
		_ = answer.Body.Close()
	}
}

func main() {
	scenario := os.Args[1]
	options := sentry.ClientOptions{AttachStacktrace: scenario != "message" && scenario != "dropped"}
	if scenario == "dropped" {
		options.BeforeSend = func(event *sentry.Event, _ *sentry.EventHint) *sentry.Event {
			if len(event.Exception) > 0 {
				return nil
			}
			return event
		}
	}
	if err := sentry.Init(options); err != nil {
		panic(err)
	}
	defer sentry.Flush(patience)
	scenarios := map[string]func(){
		"handled": handled,
		"wrapped": wrapped,
		"crash":   crash,
		"message": message,
		"scope":   scope,
		"request": request,
		"dropped": func() { handled(); message() },
	}
	scenarios[scenario]()
}
