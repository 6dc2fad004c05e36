// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0

// parse TYPE IN...    prints the parts of each form as a line of JSON, their content in hex
package main

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"mime"
	"mime/multipart"
	"os"
)

type part struct {
	Name     string  `json:"name"`
	Filename *string `json:"filename"`
	Type     string  `json:"type"`
	Content  string  `json:"content"`
}

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}

func read(p *multipart.Part) part {
	out := part{Name: p.FormName(), Type: p.Header.Get("Content-Type"), Content: hex.EncodeToString(must(io.ReadAll(p)))}
	if name := p.FileName(); name != "" {
		out.Filename = &name
	}
	return out
}

func partsOf(contentType, path string) []part {
	_, params, err := mime.ParseMediaType(contentType)
	form := multipart.NewReader(must(os.Open(path)), must(params, err)["boundary"])
	parts := []part{}
	for {
		p, err := form.NextPart()
		if err == io.EOF {
			return parts
		}
		parts = append(parts, read(must(p, err)))
	}
}

func main() {
	for i := 1; i+1 < len(os.Args); i += 2 {
		fmt.Println(string(must(json.Marshal(partsOf(os.Args[i], os.Args[i+1])))))
	}
}
